DROP TABLE clock_look;
