namespace LocalAI.Pipeline.ChatTemplates.Syntax;

/// <summary><c>for target in items if test</c>, with its else and, where marked, recursion through <c>loop()</c>.</summary>
internal sealed class ForStatement(Position at, ForParts parts) : Statement(at)
{
    protected override Flow Run(RenderState s)
    {
        Loop(s, parts.Items.Evaluate(s), 0);
        return Flow.Next;
    }

    public string Recurse(RenderState s, object items, int depth, Frame frame)
    {
        s.Enter(At);
        Frame current = s.Frame;
        s.Frame = frame;
        StringBuilder output = s.BeginCapture();
        Loop(s, items, depth);
        string text = s.EndCapture(output);
        s.Frame = current;
        s.Leave();
        return text;
    }

    private void Loop(RenderState s, object source, int depth)
    {
        Frame outer = s.Frame;
        LoopItems items = parts.Test is null ? new LoopItems(Iteration.ToList(s, source)) : new LoopItems(Filtered(s, source, outer));
        LoopValue loop = new(items, depth, parts.IsRecursive ? (inner, level) => Recurse(s, inner, level, outer) : null);
        if (!items.Has(0))
        {
            ExecuteScoped(s, parts.Otherwise, parts.OtherwiseScope);
            return;
        }

        for (int i = 0; items.Has(i); i++)
        {
            s.Charge(1);
            loop.Index = i;
            s.Frame = new Frame(outer, parts.BodyScope.Count);
            parts.Target.Assign(s, items[i]);
            s.Frame.Slots[parts.LoopSlot] = loop;
            if (ExecuteAll(s, parts.Body) == Flow.Break) break;
        }

        s.Frame = outer;
    }

    private IEnumerable<object> Filtered(RenderState s, object source, Frame outer)
    {
        foreach (object item in Iteration.ToList(s, source))
        {
            Frame current = s.Frame;
            s.Frame = new Frame(outer, parts.TestScope.Count);
            parts.Target.Assign(s, item);
            bool taken = Truth.Of(parts.Test!.Evaluate(s));
            s.Frame = current;
            if (taken) yield return item;
        }
    }
}
