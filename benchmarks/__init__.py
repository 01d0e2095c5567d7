"""Measurements that anyone can repeat: of whole collections (`python -m benchmarks`), and of one core (convert.py)."""
