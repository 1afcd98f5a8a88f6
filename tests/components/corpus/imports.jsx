import 'react';
import React from 'react';
import * as Everything from "react";
import { useState, useMemo as memo, default as Again, 'a string' as named, } from 'react';
import Two, { type, as, from, of as async } from 'react';
import Three, * as All from 'react';
import {} from 'react';
import as_, { as as as2, default as get } from 'react';
export default [React, Everything, useState, memo, Again, named, Two, type, as, from, async, Three, All, as_, as2, get];
