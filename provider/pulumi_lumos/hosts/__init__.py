"""How an engine asks for the lifecycle of a kind: a folder for each way, and what they share."""
