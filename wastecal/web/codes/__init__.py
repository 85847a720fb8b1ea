"""How does a phone get at a feed? By its camera."""
