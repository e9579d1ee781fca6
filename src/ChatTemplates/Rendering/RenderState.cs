namespace LocalAI.Pipeline.ChatTemplates.Rendering;

/// <summary>One render in progress: where it is, what it has used up, and where its output goes.</summary>
internal sealed class RenderState
{
    private const int StepsBetweenChecks = 1024;
    private const int CharactersPerStep = 32;
    private const int ElementsPerStep = 8;

    private readonly CancellationToken _cancellation;
    private long _steps;
    private long _nextCheck;
    private int _depth;

    public RenderState(
        ChatTemplateLimits limits, Dictionary<string, object> variables, Frame frame, CancellationToken cancellation)
    {
        Limits = limits;
        Variables = variables;
        Frame = frame;
        _cancellation = cancellation;
        Schedule();
    }

    public ChatTemplateLimits Limits { get; }
    public Dictionary<string, object> Variables { get; }
    public Frame Frame { get; set; }
    public StringBuilder Output { get; private set; } = new(1024);
    public DateTimeOffset Now { get; init; }
    public Position At { get; private set; }
    public long Steps => _steps;

    public void Enter(Position at)
    {
        At = at;
        if (++_depth > Limits.MaxDepth)
            throw Error($"the template nests deeper than {Limits.MaxDepth} evaluations");
        if (++_steps >= _nextCheck) Check();
    }

    public void Leave() => _depth--;

    public void Charge(long steps)
    {
        _steps += steps;
        if (_steps >= _nextCheck) Check();
    }

    public void ChargeText(long characters) => Charge(1 + characters / CharactersPerStep);

    public void ChargeItems(long count)
    {
        if (count > Limits.MaxListLength)
            throw Error($"a list grows longer than {Limits.MaxListLength} elements");
        Charge(1 + count / ElementsPerStep);
    }

    /// <summary>Call before building a string of this length.</summary>
    public void ReserveText(long length)
    {
        if (length > Limits.MaxStringLength)
            throw Error($"a string grows longer than {Limits.MaxStringLength} characters");
        ChargeText(length);
    }

    public string Built(string text)
    {
        ReserveText(text.Length);
        return text;
    }

    public void Write(string text)
    {
        if ((long)Output.Length + text.Length > Limits.MaxOutputLength)
            throw Error($"the rendered text grows longer than {Limits.MaxOutputLength} characters");
        ChargeText(text.Length);
        Output.Append(text);
    }

    /// <summary>Sends output elsewhere until <see cref="EndCapture"/> gives it back as text.</summary>
    public StringBuilder BeginCapture()
    {
        StringBuilder outer = Output;
        Output = new StringBuilder();
        return outer;
    }

    public string EndCapture(StringBuilder outer)
    {
        string text = Built(Output.ToString());
        Output = outer;
        return text;
    }

    public ChatTemplateException Error(string message) => new(message, At);

    private void Check()
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_steps > Limits.MaxSteps)
            throw Error($"the template needs more than {Limits.MaxSteps} steps");
        Schedule();
    }

    private void Schedule() => _nextCheck = Math.Min(_steps + StepsBetweenChecks, Limits.MaxSteps + 1);
}
