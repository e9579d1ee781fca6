namespace LocalAI.Pipeline.Workers.Text.Output;

internal enum CallStep
{
    More,
    Done,
    Broken,
}
