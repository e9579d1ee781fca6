using System.Text;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.LlamaCpp.Writing;

/// <summary>One completion, as its deltas add up.</summary>
internal sealed class LlamaAnswer
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _probabilities = new();
    private readonly List<int> _tokens = [];

    public string Text => _text.ToString();

    public IReadOnlyList<int> Tokens => _tokens;

    public bool HasNewLine { get; private set; }

    /// <summary>The entries of an array, without its brackets.</summary>
    public string Probabilities => _probabilities.ToString();

    /// <summary>Tokens generated so far.</summary>
    public int Predicted { get; private set; }

    /// <summary>What the prompt came to, once the engine told it.</summary>
    public PromptCounts Prompt { get; private set; } = new() { Tokens = 0 };

    public GenerationFinish? Finish { get; private set; }

    /// <param name="keep">Whether the text and tokens are wanted at the end.</param>
    public void Add(GenerationDelta delta, bool keep)
    {
        HasNewLine |= delta.Text.Contains('\n', StringComparison.Ordinal);
        Predicted += delta.Tokens;
        Prompt = delta.Prompt ?? Prompt;
        Finish = delta.Finish ?? Finish;
        if (!keep)
        {
            return;
        }

        _text.Append(delta.Text);
        _tokens.AddRange(delta.Detail?.TokenIds ?? []);
        var entries = delta.Logprobs.AsSpan().Trim();
        if (entries.Length > 2)
        {
            _probabilities.Append(_probabilities.Length > 0 ? "," : "").Append(entries[1..^1]);
        }
    }
}
