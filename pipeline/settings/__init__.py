"""Settings: config files become frozen values, all faults reported at once."""
