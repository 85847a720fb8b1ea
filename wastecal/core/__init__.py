"""The rules of waste collection as pure functions: no framework, no clock, no file, no chance."""
