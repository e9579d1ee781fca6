using System.Buffers;
using System.Text;
using System.Text.Json;
using LocalAI.Pipeline.Backends.Llama.Vocabularies;

namespace LocalAI.Pipeline.Backends.Llama.Sampling;

/// <summary>
/// The log probabilities of one token in OpenAI's shape, from the model's own distribution (the softmax of the raw logits, before
/// temperature, penalties and grammar).
/// </summary>
internal static class LogprobEntry
{
    internal static byte[] Write(ReadOnlySpan<float> logits, int token, int alternatives, Vocabulary vocabulary)
    {
        double normaliser = LogSumExp(logits);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteToken(json, token, logits[token] - normaliser, vocabulary);
            json.WriteStartArray("top_logprobs");
            foreach (int alternative in Largest(logits, alternatives))
            {
                json.WriteStartObject();
                WriteToken(json, alternative, logits[alternative] - normaliser, vocabulary);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    internal static double LogSumExp(ReadOnlySpan<float> logits)
    {
        float largest = float.NegativeInfinity;
        foreach (float logit in logits)
            largest = Math.Max(largest, logit);
        double sum = 0;
        foreach (float logit in logits)
            sum += Math.Exp(logit - largest);
        return largest + Math.Log(sum);
    }

    private static void WriteToken(Utf8JsonWriter json, int token, double logprob, Vocabulary vocabulary)
    {
        ReadOnlySpan<byte> piece = vocabulary.Piece(token);
        // Not OpenAI's, but llama.cpp's: texts of tokens are not unique.
        json.WriteNumber("id", token);
        json.WriteString("token", Encoding.UTF8.GetString(piece));
        // OpenAI's value for "so improbable that it does not matter"; JSON has no infinity.
        json.WriteNumber("logprob", double.IsFinite(logprob) ? logprob : -9999.0);
        json.WriteStartArray("bytes");
        foreach (byte b in piece)
            json.WriteNumberValue(b);
        json.WriteEndArray();
    }

    private static List<int> Largest(ReadOnlySpan<float> logits, int count)
    {
        var largest = new PriorityQueue<int, float>();
        for (int token = 0; token < logits.Length && count > 0; token++)
        {
            if (largest.Count < count)
                largest.Enqueue(token, logits[token]);
            else if (largest.TryPeek(out _, out float smallest) && logits[token] > smallest)
                largest.DequeueEnqueue(token, logits[token]);
        }
        var result = new List<int>();
        while (largest.TryDequeue(out int token, out _))
            result.Add(token);
        result.Reverse();
        return result;
    }
}
