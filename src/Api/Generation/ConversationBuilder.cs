using System.Text;
using LocalAI.Pipeline.Messages.Text;

namespace LocalAI.Pipeline.Api.Generation;

/// <summary>
/// Neutral messages from blocks. Turns of one role that follow each other are one turn, as at Anthropic's: many chat
/// templates take no others.
/// </summary>
internal sealed class ConversationBuilder
{
    private readonly List<ChatMessage> _messages = [];
    private readonly Dictionary<string, string> _tools = new(StringComparer.Ordinal);
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _thought = new();
    private readonly List<ToolCall> _calls = [];
    private ChatRole? _role;
    private int _texts;

    /// <summary>What is added belongs to this role's turn.</summary>
    public void Begin(ChatRole role)
    {
        if (_role != role)
        {
            EndTurn();
            _role = role;
        }
    }

    public void AddText(ChatRole role, string text)
    {
        Begin(role);
        _text.Append(_texts++ > 0 ? "\n" : "").Append(text);
    }

    public void AddThought(string thought)
    {
        Begin(ChatRole.Assistant);
        _thought.Append(_thought.Length > 0 ? "\n" : "").Append(thought);
    }

    /// <summary>False when the conversation has a call with this id.</summary>
    public bool TryAddCall(ToolCall call)
    {
        Begin(ChatRole.Assistant);
        _calls.Add(call);
        return _tools.TryAdd(call.Id, call.Name);
    }

    /// <summary>False when the conversation has no call with this id.</summary>
    public bool TryAddResult(string callId, string content)
    {
        EndTurn();
        _messages.Add(new ChatMessage { Role = ChatRole.Tool, Content = content, ToolCallId = callId, Name = _tools.GetValueOrDefault(callId) });
        return _tools.ContainsKey(callId);
    }

    public IReadOnlyList<ChatMessage> Build()
    {
        EndTurn();
        return _messages;
    }

    private void EndTurn()
    {
        if (_role is { } role)
        {
            _messages.Add(new ChatMessage
            {
                Role = role,
                Content = _text.ToString(),
                Reasoning = _thought.Length > 0 ? _thought.ToString() : null,
                ToolCalls = _calls.Count > 0 ? [.. _calls] : null,
            });
        }

        _role = null;
        _texts = 0;
        _text.Clear();
        _thought.Clear();
        _calls.Clear();
    }
}
