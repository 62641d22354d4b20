"""Mentors, coaching talks, and the cohorts that trainers look after."""
