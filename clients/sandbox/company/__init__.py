"""The invented Brazilian company: people, clients, tickets and services. Equal seeds make equal ones."""
