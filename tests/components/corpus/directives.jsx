#!/usr/bin/env node
"use client";
'use strict';
"another one"
import React from 'react';
function f() { 'use strict'; "x"; return React; }
export default f;
