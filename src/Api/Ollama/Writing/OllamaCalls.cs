using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Ollama.Writing;

/// <summary>The tool calls of an answer: one is whole when the next begins, or when the answer ends.</summary>
internal sealed class OllamaCalls
{
    private readonly List<OllamaCall> _open = [];

    /// <summary>Takes the pieces of a delta and returns the calls that are whole with it.</summary>
    public IReadOnlyList<OllamaCall> Add(GenerationDelta delta)
    {
        foreach (var piece in delta.ToolCalls)
        {
            var call = _open.Find(known => known.Index == piece.Index);
            if (call is null)
            {
                _open.Add(call = new OllamaCall(piece.Index, piece.Id ?? "", piece.Name ?? ""));
            }

            call.Add(piece.Arguments);
        }

        var whole = _open.Take(delta.Finish is null ? Math.Max(0, _open.Count - 1) : _open.Count).ToList();
        _open.RemoveRange(0, whole.Count);
        return whole;
    }
}
