"""Archive: where a paper goes, under which number and name, and putting it there unchanged."""
