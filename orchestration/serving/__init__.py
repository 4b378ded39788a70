"""Hands the published warehouse on: publication and its history, files, databases."""
