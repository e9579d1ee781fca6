namespace LocalAI.Pipeline.Api.Responses.Writing;

/// <summary>Who is told how an answer's items grow, one after the other.</summary>
internal interface IItemOutput
{
    void Start(OutputItem item);

    /// <summary>The item that was started last has grown by this.</summary>
    /// <param name="logprobs">Of the text, as the text of a JSON array, or null.</param>
    void Append(OutputItem item, string text, string? logprobs);

    void Stop(OutputItem item);
}
