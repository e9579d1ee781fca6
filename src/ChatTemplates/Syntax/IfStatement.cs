namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>if</c> with its <c>elif</c> branches; a null condition is the else.</summary>
internal sealed class IfStatement(Position at, (Expression? Test, Statement[] Body)[] branches) : Statement(at)
{
    protected override Flow Run(RenderState s)
    {
        foreach ((Expression? test, Statement[] body) in branches)
            if (test is null || Truth.Of(test.Evaluate(s)))
                return ExecuteAll(s, body);
        return Flow.Next;
    }
}
