namespace LocalAI.Pipeline.JsonSchemas.Automata;

internal enum PatternKind
{
    Set,
    Sequence,
    Choice,
    Repeat,
}
