namespace LocalAI.Pipeline.ChatTemplates.Conversations;

/// <summary>Finds a template's traits by rendering small conversations with words that nothing else contains.</summary>
internal sealed class TraitProbe
{
    private const string UserWord = "probeuserword";
    private const string SystemWord = "probesystemword";
    private const string ToolName = "probetoolname";
    private const string ArgumentName = "probeargument";
    private const string ArgumentValue = "probevalue";

    private readonly ChatTemplate _template;
    private bool _needsParts;

    private TraitProbe(ChatTemplate template) => _template = template;

    public static ChatTemplateTraits Examine(ChatTemplate template) => new TraitProbe(template).Examine();

    private ChatTemplateTraits Examine()
    {
        string? plain = Render([Conversation.Message("user", UserWord)]);
        string? parts = Render([Conversation.Message("user", Conversation.Parts(UserWord))]);
        bool partsShow = Shows(parts, UserWord) && !Shows(parts, "'text'") && !Shows(parts, "\"text\"");
        _needsParts = partsShow && !Shows(plain, UserWord);

        string? system = Render([Message("system", SystemWord), Message("user", UserWord)]);
        string? alone = Render([Message("user", UserWord)], tools: true);
        string? withSystem = Render([Message("system", SystemWord), Message("user", UserWord)], tools: true);
        bool readsTools = _template.Names.Contains("tools");
        ToolCallProbe calls = ProbeCalls();
        (string? start, string? end) = ThinkMarkers.Find(_template.Source);
        bool knowsTools = readsTools && ((alone is null && withSystem is null) || Shows(alone, ToolName) || Shows(withSystem, ToolName));
        return new ChatTemplateTraits
        {
            SupportsContentParts = partsShow,
            RequiresContentParts = _needsParts,
            SupportsSystemRole = Shows(system, SystemWord),
            SupportsTools = knowsTools,
            ToolsNeedSystemMessage = knowsTools && !Shows(alone, ToolName) && Shows(withSystem, ToolName),
            SupportsToolCalls = calls.Object || calls.Text,
            RequiresObjectArguments = calls.Object && !calls.Text,
            RequiresStringArguments = calls.Text && !calls.Object,
            RequiresContent = (calls.Object || calls.Text) && !calls.NullContent,
            ThinkingSwitch = ThinkMarkers.Switches.FirstOrDefault(_template.Names.Contains),
            SupportsReasoningEffort = _template.Names.Contains("reasoning_effort"),
            ThinkStart = start,
            ThinkEnd = end,
            ToolCallFormat = ToolCallFormats.Guess(_template.Source, knowsTools || calls.Object || calls.Text),
        };
    }

    private readonly record struct ToolCallProbe(bool Object, bool Text, bool NullContent);

    private ToolCallProbe ProbeCalls()
    {
        const string Json = $"{{\"{ArgumentName}\": \"{ArgumentValue}\"}}";
        object arguments = Conversation.Dict((ArgumentName, ArgumentValue));
        bool asObject = CallShows(RenderCall(arguments, ""));
        bool asText = CallShows(RenderCall(Json, ""));
        string? withNull = RenderCall(asObject ? arguments : Json, NoneValue.Instance);
        return new ToolCallProbe(asObject, asText, CallShows(withNull) && !Shows(withNull, "None"));
    }

    private static bool CallShows(string? text) => Shows(text, ToolName) && Shows(text, ArgumentValue)
        && !Shows(text, $"\\\"{ArgumentName}") && !Shows(text, $"{{'{ArgumentName}'");

    private string? RenderCall(object arguments, object content)
    {
        DictValue function = Conversation.Dict(("name", ToolName), ("arguments", arguments));
        DictValue call = Conversation.Dict(("id", "probecall"), ("type", "function"), ("function", function));
        DictValue assistant = Conversation.Dict(("role", "assistant"), ("content", content is string text ? Content(text) : content),
            ("tool_calls", new ListValue([call])));
        DictValue result = Conversation.Dict(("role", "tool"), ("content", Content("done")), ("tool_call_id", "probecall"), ("name", ToolName));
        return Render([Message("user", UserWord), assistant, result], tools: true)
            ?? Render([Message("user", UserWord), assistant], tools: true);
    }

    private object Content(string text) => _needsParts ? Conversation.Parts(text) : text;

    private DictValue Message(string role, string text) => Conversation.Message(role, Content(text));

    private static bool Shows(string? text, string word) => text?.Contains(word, StringComparison.Ordinal) ?? false;

    /// <summary>Null where the template refuses or fails: that is what is being found out.</summary>
    private string? Render(List<object> messages, bool tools = false)
    {
        DictValue schema = Conversation.Dict(("type", "object"), ("properties", Conversation.Dict(
            (ArgumentName, Conversation.Dict(("type", "string"), ("description", "a word"))))),
            ("required", new ListValue([ArgumentName])));
        DictValue function = Conversation.Dict(("name", ToolName), ("description", "a tool"), ("parameters", schema));
        Dictionary<string, object> variables = new(StringComparer.Ordinal)
        {
            ["messages"] = new ListValue(messages),
            ["tools"] = tools
                ? new ListValue([Conversation.Dict(("type", "function"), ("function", function))])
                : NoneValue.Instance,
            ["documents"] = NoneValue.Instance,
            ["add_generation_prompt"] = Box.True,
            ["bos_token"] = "",
            ["eos_token"] = "",
        };
        try
        {
            return _template.RenderVariables(variables, DateTimeOffset.UnixEpoch, CancellationToken.None);
        }
        catch (ChatTemplateException)
        {
            return null;
        }
    }
}
