"""Laboratories after approval: register, reports, extension, acceptance, evaluation, exit."""
