namespace LocalAI.Pipeline.Workers.Text.Output;

internal enum CallListStep
{
    Skipped,
    Object,
    ListEnd,
    OuterEnd,
    Refused,
}
