namespace LocalAI.Pipeline.Api.Responses.Items;

/// <summary>One part of a content: a text and what kind of text it is.</summary>
/// <param name="Type">Such as <c>input_text</c>, <c>output_text</c>, <c>refusal</c>, <c>reasoning_text</c> or <c>summary_text</c>.</param>
/// <param name="Text">The text.</param>
/// <param name="Logprobs">For an <c>output_text</c>: the entries of its tokens as the text of a JSON array, or null.</param>
internal sealed record TextPart(string Type, string Text, string? Logprobs = null)
{
    public const string Input = "input_text";
    public const string Output = "output_text";
    public const string Refusal = "refusal";
    public const string Reasoning = "reasoning_text";
    public const string Summary = "summary_text";
}
