namespace LocalAI.Pipeline.ChatTemplates.GoTemplates;

/// <summary>Actions and their bodies.</summary>
internal sealed class GoParser
{
    private readonly ParseSession _session;
    private readonly GoPipelineParser _pipelines;
    private int _ranges;

    private GoParser(ParseSession session)
    {
        _session = session;
        _pipelines = new GoPipelineParser(session);
    }

    public static GoNode[] Parse(string source, ChatTemplateLimits limits)
    {
        if (source.Length > limits.MaxSourceLength)
            throw new ChatTemplateException($"the template is longer than {limits.MaxSourceLength} characters", default);
        ParseSession session = new(GoLexer.Split(source), limits);
        GoNode[] body = new GoParser(session).Body(out string end);
        return end.Length == 0 ? body : throw session.Error($"unexpected {{{{{end}}}}}");
    }

    /// <summary>Up to an <c>end</c> or <c>else</c>, which is the current token then, or the end of the source.</summary>
    private GoNode[] Body(out string end)
    {
        _session.Deepen();
        List<GoNode> nodes = [];
        end = "";
        while (_session.Current.Kind != TokenKind.End)
        {
            Token token = _session.Next();
            if (token.Kind == TokenKind.Text)
            {
                nodes.Add(new GoText(token.At, token.Text));
                continue;
            }

            Token word = _session.Current;
            if (word.IsName("end") || word.IsName("else"))
            {
                end = _session.Next().Text;
                break;
            }

            nodes.Add(Action(word));
        }

        _session.Rise();
        return [.. nodes];
    }

    private GoNode Action(Token word)
    {
        if (word.Kind == TokenKind.Name)
        {
            switch (word.Text)
            {
                case "if" or "with":
                    _session.Next();
                    return Conditional(word);
                case "range":
                    _session.Next();
                    return Range(word.At);
                case "break" or "continue" when _ranges > 0:
                    _session.Next();
                    End();
                    return new GoLoopControl(word.At, word.Text == "break" ? Flow.Break : Flow.Continue);
                case "break" or "continue" or "template" or "define" or "block":
                    throw _session.Error($"{{{{{word.Text}}}}} is not possible here");
            }
        }

        GoPipeline pipeline = _pipelines.Pipeline();
        End();
        return new GoOutput(word.At, pipeline);
    }

    private GoIf Conditional(Token word)
    {
        _session.Deepen();
        GoPipeline test = _pipelines.Pipeline();
        End();
        GoNode[] then = Body(out string end), otherwise = [];
        if (end == "else")
        {
            Token following = _session.Current;
            if (following.IsName("if") || following.IsName("with"))
            {
                _session.Next();
                // The chained branch takes the one end that closes them all.
                otherwise = [Conditional(following)];
                _session.Rise();
                return new GoIf(word.At, test, word.Text == "with", then, otherwise);
            }

            End();
            otherwise = Body(out end);
        }

        Close(end, word.Text);
        _session.Rise();
        return new GoIf(word.At, test, word.Text == "with", then, otherwise);
    }

    private GoRange Range(Position at)
    {
        GoPipeline items = _pipelines.Pipeline();
        End();
        _ranges++;
        GoNode[] body = Body(out string end), otherwise = [];
        _ranges--;
        if (end == "else")
        {
            End();
            otherwise = Body(out end);
        }

        Close(end, "range");
        return new GoRange(at, items, body, otherwise);
    }

    private void Close(string end, string opened)
    {
        if (end != "end") throw _session.Error($"{{{{{opened}}}}} without {{{{end}}}}");
        End();
    }

    private void End() => _session.Expect(TokenKind.BlockEnd, "}}");
}
