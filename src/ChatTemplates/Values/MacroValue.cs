namespace LocalAI.Pipeline.ChatTemplates.Values;

/// <summary>A macro together with the scope it was defined in.</summary>
internal sealed class MacroValue(MacroDefinition definition, Frame closure) : CallableValue
{
    public override string Name => definition.Name;

    public override object Call(RenderState s, Arguments arguments)
    {
        s.Enter(s.At);
        Frame current = s.Frame;
        Frame frame = new(closure, definition.Scope.Count);
        // Defaults are evaluated among the parameters, so a later one may use an earlier one.
        s.Frame = frame;
        Bind(s, frame, arguments);
        StringBuilder output = s.BeginCapture();
        Statement.ExecuteAll(s, definition.Body);
        string text = s.EndCapture(output);
        s.Frame = current;
        s.Leave();
        return text;
    }

    private void Bind(RenderState s, Frame frame, Arguments arguments)
    {
        string[] parameters = definition.Parameters;
        int given = Math.Min(arguments.Positional.Length, parameters.Length);
        bool[] bound = new bool[parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
        {
            bound[i] = i < given;
            frame.Slots[Slot(parameters[i])] = bound[i] ? arguments.Positional[i] : new Undefined(parameters[i]);
        }

        BindNamed(s, frame, arguments, bound);
        BindRest(s, frame, arguments.Positional[given..]);
        int firstDefault = parameters.Length - definition.Defaults.Length;
        for (int i = firstDefault; i < parameters.Length; i++)
            if (!bound[i]) frame.Slots[Slot(parameters[i])] = definition.Defaults[i - firstDefault].Evaluate(s);
    }

    private void BindNamed(RenderState s, Frame frame, Arguments arguments, bool[] bound)
    {
        DictValue rest = new();
        object? caller = null;
        foreach ((string name, object value) in arguments.Named)
        {
            int index = Array.IndexOf(definition.Parameters, name);
            if (index >= 0 && bound[index]) throw s.Error($"macro '{Name}' got '{name}' twice");
            if (index >= 0)
            {
                bound[index] = true;
                frame.Slots[Slot(name)] = value;
            }
            else if (name == "caller" && definition.Scope.UsesCaller) caller = value;
            else rest.Set(s, name, value);
        }

        if (definition.Scope.UsesCaller) frame.Slots[Slot("caller")] = caller ?? new Undefined("caller");
        if (definition.Scope.UsesKwargs) frame.Slots[Slot("kwargs")] = rest;
        else if (rest.Count > 0)
            throw s.Error($"macro '{Name}' takes no keyword argument '{rest.Entries.GetAt(0).Key}'");
    }

    private void BindRest(RenderState s, Frame frame, object[] rest)
    {
        if (definition.Scope.UsesVarargs) frame.Slots[Slot("varargs")] = new TupleValue(rest);
        else if (rest.Length > 0)
            throw s.Error($"macro '{Name}' takes not more than {definition.Parameters.Length} arguments");
    }

    private int Slot(string name) => definition.Scope.TryFind(name, out int slot) ? slot : -1;
}
