"""The real servers: one package for each database.

Each knows how to find the programs of its server and start a throwaway one, and how to make a scratch database on any
server. Nothing here reads the environment by itself: it is given as a mapping, so that the command line stays the one
place that does.
"""
