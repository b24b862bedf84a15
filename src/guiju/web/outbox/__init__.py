"""What people are told: notices in the site, mail, reminders. Written in the same transaction as what they tell of."""
