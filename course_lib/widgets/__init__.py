"""What is shown in a notebook and answers back: questions, explorers, scored forecasts, the backup."""
