namespace LocalAI.Pipeline.ChatTemplates;

/// <summary>
/// A model's chat template: the Jinja language as Hugging Face templates use it, parsed once and rendered often.
/// Immutable; any number of threads may render at once.
/// </summary>
public sealed class ChatTemplate
{
    private readonly ParsedTemplate _parsed;
    private readonly ChatTemplateLimits _limits;
    private readonly Lazy<ChatTemplateTraits> _traits;

    private ChatTemplate(string source, ParsedTemplate parsed, ChatTemplateLimits limits)
    {
        Source = source;
        _parsed = parsed;
        _limits = limits;
        _traits = new Lazy<ChatTemplateTraits>(() => TraitProbe.Examine(this));
    }

    /// <summary>The text that was parsed.</summary>
    public string Source { get; }

    /// <summary>What the template can do, from its source and from trial renders; found at the first use.</summary>
    public ChatTemplateTraits Traits => _traits.Value;

    /// <summary>Names of variables that the template reads.</summary>
    internal IReadOnlySet<string> Names => _parsed.Names;

    /// <exception cref="ChatTemplateException">The source is not a valid template, with line and column.</exception>
    public static ChatTemplate Parse(string source, ChatTemplateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        limits ??= ChatTemplateLimits.Default;
        return new ChatTemplate(source, TemplateParser.Parse(source, limits), limits);
    }

    /// <summary>
    /// Renders a conversation, after adapting it to what the template knows: see <see cref="ChatTemplateTraits"/>.
    /// </summary>
    /// <exception cref="ChatTemplateException">
    /// The template failed, breached a limit, or refused the conversation (<see cref="ChatTemplateException.IsRaised"/>).
    /// </exception>
    public string Render(ChatTemplateInput input, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return ConversationRenderer.Render(this, input, cancellation);
    }

    /// <summary>Renders with exactly these variables beside the global functions.</summary>
    internal string RenderVariables(
        IEnumerable<KeyValuePair<string, object>> variables, DateTimeOffset now, CancellationToken cancellation)
    {
        Dictionary<string, object> all = new(Globals.All, StringComparer.Ordinal);
        foreach ((string name, object value) in variables) all[name] = value;
        RenderState s = new(_limits, all, new Frame(null, _parsed.SlotCount), cancellation) { Now = now };
        try
        {
            Statement.ExecuteAll(s, _parsed.Body);
        }
        catch (InvalidOperationException changed)
        {
            // .NET's collections say so when a template changes a list while a filter walks over it.
            throw s.Error(changed.Message);
        }

        return s.Output.ToString();
    }
}
