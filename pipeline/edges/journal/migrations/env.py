"""Alembic's entry: runs the migrations on the database the journal names."""

import sqlalchemy as sa
from alembic import context


def run() -> None:
    """Run all migrations in one transaction each, on our own short-lived connection."""
    engine = sa.create_engine(context.config.get_main_option("sqlalchemy.url", ""))
    with engine.connect() as connection:
        context.configure(connection=connection, transaction_per_migration=True)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()
