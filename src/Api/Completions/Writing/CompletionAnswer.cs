using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Completions.Writing;

/// <summary>One completion of a whole answer, as its deltas add up.</summary>
/// <param name="echo">What comes before it.</param>
internal sealed class CompletionAnswer(string echo)
{
    private readonly StringBuilder _text = new(echo);
    private readonly CompletionLogprobs _logprobs = new(echo.AsSpan().CodePoints());

    public GenerationFinish? Finish { get; private set; }

    /// <summary>The mean of its tokens' log probabilities.</summary>
    public double Likelihood => _logprobs.Mean;

    /// <summary>There is text, but nothing says how likely it is.</summary>
    public bool IsUnjudged => !_logprobs.HasAny && _text.Length > echo.Length;

    public void Add(GenerationDelta delta)
    {
        _text.Append(delta.Text);
        _logprobs.Add(delta.Logprobs);
        Finish = delta.Finish ?? Finish;
    }

    public void Write(Utf8JsonWriter json, int index, int? alternatives) =>
        CompletionJson.Choice(json, index, _text.ToString(), _logprobs, alternatives, Finish?.Reason);
}
