DROP INDEX message_by_age;
