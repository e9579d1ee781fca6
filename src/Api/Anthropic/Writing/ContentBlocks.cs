using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using LocalAI.Pipeline.Api.Errors;
using LocalAI.Pipeline.Messages.Deltas;

namespace LocalAI.Pipeline.Api.Anthropic.Writing;

/// <summary>
/// Sorts deltas into blocks: the same deltas, however they are cut, always give the same blocks. A block lasts until
/// something of another kind comes. White space alone begins none: Anthropic's own API takes no such block back.
/// </summary>
internal sealed class ContentBlocks(MessageHead head, IContentOutput output)
{
    private readonly StringBuilder _space = new();
    private readonly StringBuilder _thought = new();
    private ContentBlock? _open;
    private BlockKind _spaceKind;
    private int _call = -1;
    private int _count;

    /// <exception cref="ApiException">The backend went back to a call that had ended.</exception>
    public void Add(GenerationDelta delta)
    {
        AddText(BlockKind.Thinking, delta.Reasoning);
        AddText(BlockKind.Text, delta.Text);
        foreach (var piece in delta.ToolCalls)
        {
            AddCall(piece);
        }
    }

    /// <summary>Nothing follows.</summary>
    public void End()
    {
        if (_open is { } block)
        {
            output.Stop(block, block.Kind == BlockKind.Thinking ? Signature() : null);
        }

        _open = null;
    }

    private void AddText(BlockKind kind, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (_open?.Kind != kind)
        {
            if (_spaceKind != kind)
            {
                _space.Clear();
                _spaceKind = kind;
            }

            if (string.IsNullOrWhiteSpace(text))
            {
                _space.Append(text);
                return;
            }

            text = _space + text;
            Start(new ContentBlock(_count, kind));
        }

        if (kind == BlockKind.Thinking)
        {
            _thought.Append(text);
        }

        output.Append(_open!, text);
    }

    private void AddCall(ToolCallDelta piece)
    {
        if (piece.Index > _call)
        {
            _call = piece.Index;
            Start(new ContentBlock(_count, BlockKind.ToolUse, piece.Id ?? head.CallId(piece.Index), piece.Name ?? ""));
        }
        else if (piece.Index < _call || _open?.Kind != BlockKind.ToolUse)
        {
            throw new ApiException(FailureHttpTable.ToError(new JobFailure { Code = FailureCode.BackendError, Message = "The backend mixed the pieces of two tool calls. Send the request again." }));
        }

        if (piece.Arguments.Length > 0)
        {
            output.Append(_open!, piece.Arguments);
        }
    }

    private void Start(ContentBlock block)
    {
        End();
        _space.Clear();
        _thought.Clear();
        _open = block;
        _count++;
        output.Start(block);
    }

    // Clients drop thoughts without one when they send the conversation back. It proves nothing, and nothing here reads it.
    private string Signature() => Convert.ToBase64String(SHA256.HashData(MemoryMarshal.AsBytes(_thought.ToString().AsSpan())));
}
