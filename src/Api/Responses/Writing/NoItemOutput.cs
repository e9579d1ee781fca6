namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>For whole answers: nobody is told.</summary>
internal sealed class NoItemOutput : IItemOutput
{
    public void Start(OutputItem item)
    {
    }

    public void Append(OutputItem item, string text, string? logprobs)
    {
    }

    public void Stop(OutputItem item)
    {
    }
}
