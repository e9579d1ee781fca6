using System.Text;
using System.Text.Json;

namespace LocalAI.Pipeline.Api.Completions.Writing;

/// <summary>One completion's log probabilities: taken as deltas have them, written as OpenAI's completions do.</summary>
/// <param name="offset">Characters before the completion's own.</param>
internal sealed class CompletionLogprobs(int offset)
{
    private readonly List<TokenLogprob> _waiting = [];
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private int _offset = offset;
    private double _sum;
    private int _count;

    /// <summary>Whether any token had one.</summary>
    public bool HasAny => _count > 0;

    /// <summary>How likely the model finds its own text; nothing is the least likely.</summary>
    public double Mean => _count > 0 ? _sum / _count : double.NegativeInfinity;

    /// <param name="entries">The text of an array of <c>{"token","logprob","bytes","top_logprobs"}</c>, or null.</param>
    public void Add(string? entries)
    {
        if (entries is null)
        {
            return;
        }

        using var document = JsonDocument.Parse(entries);
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            Add(entry);
        }
    }

    /// <summary>Writes what was added since the last time, or null.</summary>
    public void Write(Utf8JsonWriter json, int? alternatives)
    {
        if (alternatives is not { } count || _waiting.Count == 0)
        {
            json.WriteNull("logprobs"u8);
            return;
        }

        json.WriteStartObject("logprobs"u8);
        Array(json, "tokens"u8, static (json, token) => json.WriteStringValue(token.Text));
        Array(json, "token_logprobs"u8, static (json, token) => json.WriteNumberValue(token.Value));
        if (count > 0)
        {
            Array(json, "top_logprobs"u8, WriteAlternatives);
        }
        else
        {
            json.WriteNull("top_logprobs"u8);
        }

        Array(json, "text_offset"u8, static (json, token) => json.WriteNumberValue(token.Offset));
        json.WriteEndObject();
        _waiting.Clear();
    }

    private void Add(JsonElement entry)
    {
        var (text, bytes) = LogprobToken.Read(entry);
        var value = entry.GetProperty("logprob").GetDouble();
        var likely = new Dictionary<string, double>(StringComparer.Ordinal);
        if (entry.TryGetProperty("top_logprobs", out var alternatives) && alternatives.ValueKind == JsonValueKind.Array)
        {
            foreach (var alternative in alternatives.EnumerateArray())
            {
                likely.TryAdd(LogprobToken.Read(alternative).Text, alternative.GetProperty("logprob").GetDouble());
            }
        }

        likely.TryAdd(text, value);
        _waiting.Add(new TokenLogprob(text, value, _offset, likely));
        _offset += Characters(bytes);
        _sum += value;
        _count++;
    }

    // A character that several tokens make counts when it is whole.
    private int Characters(byte[] bytes)
    {
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        return characters.AsSpan(0, _decoder.GetChars(bytes, characters, flush: false)).CodePoints();
    }

    private void Array(Utf8JsonWriter json, ReadOnlySpan<byte> name, Action<Utf8JsonWriter, TokenLogprob> write)
    {
        json.WriteStartArray(name);
        foreach (var token in _waiting)
        {
            write(json, token);
        }

        json.WriteEndArray();
    }

    private static void WriteAlternatives(Utf8JsonWriter json, TokenLogprob token)
    {
        json.WriteStartObject();
        foreach (var (text, value) in token.Alternatives)
        {
            json.WriteNumber(text, value);
        }

        json.WriteEndObject();
    }
}
