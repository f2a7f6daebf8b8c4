"""Dispatch: who gets which file, exactly once, with proof."""
