"""Middle floor: panes and forms. They take frozen models, emit typed messages, and do no I/O."""
