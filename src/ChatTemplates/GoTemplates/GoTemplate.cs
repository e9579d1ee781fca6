namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>
/// A template in the part of Go's text/template that LocalAI's model configurations use: placeholders, pipelines,
/// if, range, with, variables and the common functions. Immutable; any number of threads may render at once.
/// </summary>
public sealed class GoTemplate
{
    private readonly GoNode[] _body;
    private readonly ChatTemplateLimits _limits;

    private GoTemplate(string source, GoNode[] body, ChatTemplateLimits limits)
    {
        Source = source;
        _body = body;
        _limits = limits;
    }

    /// <summary>The text that was parsed.</summary>
    public string Source { get; }

    /// <exception cref="ChatTemplateException">The source is not a valid template, with line and column.</exception>
    public static GoTemplate Parse(string source, ChatTemplateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        limits ??= ChatTemplateLimits.Default;
        return new GoTemplate(source, GoParser.Parse(source, limits), limits);
    }

    /// <exception cref="ChatTemplateException">The template failed or breached a limit.</exception>
    public string Render(GoTemplateInput input, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        RenderState s = new(_limits, [], new Frame(null, 0), cancellation);
        DictValue data = input.ToValue();
        GoScope scope = new(data);
        GoNode.WriteAll(s, _body, scope);
        return s.Output.ToString();
    }
}
