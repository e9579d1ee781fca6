namespace LocalAI.Pipeline.ChatTemplates;

/// <summary>
/// Bounds of parsing and rendering one template. None depends on the clock, so the same input always gives
/// the same outcome. A breach is a <see cref="ChatTemplateException"/>.
/// </summary>
public sealed record ChatTemplateLimits
{
    /// <summary>The bounds that apply when none are given.</summary>
    public static ChatTemplateLimits Default { get; } = new();

    /// <summary>Longest template source, in UTF-16 units. The longest published templates have about 20,000.</summary>
    public int MaxSourceLength { get; init; } = 1_000_000;

    /// <summary>Nested expressions or blocks while parsing. A parse level costs about 2 KiB of stack.</summary>
    public int MaxParseDepth { get; init; } = 100;

    /// <summary>
    /// Nested evaluations while rendering, macros within macros included. A macro calling itself uses about
    /// eight a level, and a level costs under 500 bytes of stack: the bound stays far below the smallest stack.
    /// </summary>
    public int MaxDepth { get; init; } = 800;

    /// <summary>
    /// Work of one render: one step an evaluated node, and one for every 32 characters or 8 elements that are
    /// copied. Two million take well under a second and hold memory to some 128 MiB.
    /// </summary>
    public long MaxSteps { get; init; } = 2_000_000;

    /// <summary>Longest rendered text, in UTF-16 units: above what any context window holds.</summary>
    public int MaxOutputLength { get; init; } = 16_000_000;

    /// <summary>Longest single string that the template may build, in UTF-16 units.</summary>
    public int MaxStringLength { get; init; } = 16_000_000;

    /// <summary>Longest single list that the template may build, in elements.</summary>
    public int MaxListLength { get; init; } = 1_000_000;

    /// <summary>Elements of one <c>range()</c>; the bound of Jinja's own sandbox.</summary>
    public int MaxRange { get; init; } = 100_000;
}
