"""One applicant: verdict, amount, explanation, next question, improvement, receipt."""
