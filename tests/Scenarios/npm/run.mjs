// Runs one exported function of a module of this folder: node run.mjs MODULE FUNCTION INPUT, where the input is JSON. What the
// function returns is written as one line of JSON; an error ends the process with its stack.
const [module, name, input] = process.argv.slice(2);
const functions = await import(`./${module}.mjs`);
const answer = await functions[name](JSON.parse(input));
process.stdout.write(JSON.stringify(answer ?? null) + '\n');
