DROP TABLE clock_reading;
