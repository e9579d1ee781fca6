namespace LocalAI.Pipeline.Api.Anthropic.Writing;

/// <summary>Where an answer's blocks go, one after the other: events of a stream, or a whole answer.</summary>
internal interface IContentOutput
{
    void Start(ContentBlock block);

    /// <summary>Adds to the block that was started last: text, thought, or a piece of the input's JSON.</summary>
    void Append(ContentBlock block, string text);

    /// <param name="signature">For <see cref="BlockKind.Thinking"/> alone.</param>
    void Stop(ContentBlock block, string? signature);
}
