namespace LocalAI.Pipeline.ChatTemplates.Rendering;

/// <summary>What a call passes: values by position, then values by name.</summary>
internal readonly struct Arguments(object[] positional, KeyValuePair<string, object>[] named)
{
    public static Arguments None { get; } = new([], []);

    public object[] Positional { get; } = positional;
    public KeyValuePair<string, object>[] Named { get; } = named;

    /// <summary>
    /// Puts the arguments in the order of the parameter names; null where one was not given.
    /// Fails as Python does when there are too many, an unknown name, or a required one is missing.
    /// </summary>
    public object?[] Bind(RenderState s, string owner, int required, params ReadOnlySpan<string> names)
    {
        if (Positional.Length > names.Length)
            throw s.Error($"{owner}() takes at most {names.Length} arguments, {Positional.Length} were given");
        object?[] bound = new object?[names.Length];
        Positional.CopyTo(bound, 0);
        foreach ((string name, object value) in Named)
        {
            int index = names.IndexOf(name);
            if (index < 0) throw s.Error($"{owner}() has no argument '{name}'");
            if (bound[index] is not null) throw s.Error($"{owner}() got '{name}' twice");
            bound[index] = value;
        }

        for (int i = 0; i < required; i++)
            if (bound[i] is null) throw s.Error($"{owner}() needs the argument '{names[i]}'");
        return bound;
    }

    public object[] Exactly(RenderState s, string owner, int count)
    {
        if (Named.Length > 0 || Positional.Length != count)
            throw s.Error($"{owner}() takes {count} arguments, {Positional.Length + Named.Length} were given");
        return Positional;
    }

    public Arguments Without(int first) => new(Positional[first..], Named);
}
