namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary>A parsed piece of the template. Executing counts one step and one level of depth.</summary>
internal abstract class Statement(Position at)
{
    public Position At { get; } = at;

    public Flow Execute(RenderState s)
    {
        s.Enter(At);
        Flow flow = Run(s);
        s.Leave();
        return flow;
    }

    protected abstract Flow Run(RenderState s);

    public static Flow ExecuteAll(RenderState s, Statement[] body)
    {
        foreach (Statement statement in body)
        {
            Flow flow = statement.Execute(s);
            if (flow != Flow.Next) return flow;
        }

        return Flow.Next;
    }

    /// <summary>Runs a body with its own variables.</summary>
    public static Flow ExecuteScoped(RenderState s, Statement[] body, Scope scope)
    {
        Frame outer = s.Frame;
        s.Frame = new Frame(outer, scope.Count);
        Flow flow = ExecuteAll(s, body);
        s.Frame = outer;
        return flow;
    }

    /// <summary>Runs a body with its own variables and gives its output as text.</summary>
    public static string CaptureScoped(RenderState s, Statement[] body, Scope scope)
    {
        StringBuilder output = s.BeginCapture();
        ExecuteScoped(s, body, scope);
        return s.EndCapture(output);
    }
}
