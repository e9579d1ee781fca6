namespace LocalAI.Pipeline.ChatTemplates.Filters;

/// <summary>Filters that give numbers.</summary>
internal static class NumberFilters
{
    public static Dictionary<string, FilterBody> All { get; } = new(StringComparer.Ordinal)
    {
        ["int"] = Int,
        ["float"] = Float,
        ["abs"] = Abs,
        ["round"] = Round,
        ["sum"] = Sum,
    };

    private static object Int(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "int", 0, "default", "base");
        object otherwise = bound[0] ?? Box.Of(0L);
        int radix = Argument.Int(s, bound[1], 10, "base");
        if (x is Undefined undefined) throw undefined.Fault(s);
        if (Numbers.TryLong(x, out long number)) return Box.Of(number);
        if (x is string text)
        {
            if (NumberParsing.Integer(s, text, radix) is { } parsed) return Box.Of(parsed);
            x = NumberParsing.Real(s, text) is { } value ? value : NoneValue.Instance;
        }

        if (x is not double real || double.IsNaN(real)) return otherwise;
        if (Math.Abs(real) >= 9.2233720368547758e18) throw Arithmetic.Overflow(s);
        return Box.Of((long)Math.Truncate(real));
    }

    private static object Float(RenderState s, object x, Arguments a)
    {
        object otherwise = a.Bind(s, "float", 0, "default")[0] ?? Box.Of(0.0);
        if (x is Undefined undefined) throw undefined.Fault(s);
        if (Numbers.TryDouble(x, out double number)) return Box.Of(number);
        return x is string text && NumberParsing.Real(s, text) is { } parsed ? Box.Of(parsed) : otherwise;
    }

    private static object Abs(RenderState s, object x, Arguments a)
    {
        a.Exactly(s, "abs", 0);
        if (x is double real) return Box.Of(Math.Abs(real));
        if (x is Undefined undefined) throw undefined.Fault(s);
        if (!Numbers.TryLong(x, out long number)) throw s.Error($"abs needs a number, not {TypeNames.Of(x)}");
        return number < 0 ? Arithmetic.Negate(s, number) : Box.Of(number);
    }

    private static object Round(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "round", 0, "precision", "method");
        int digits = Math.Clamp(Argument.Int(s, bound[0], 0, "precision"), -400, 400);
        string method = bound[1] as string ?? "common";
        if (method is not ("common" or "ceil" or "floor")) throw s.Error("method must be common, ceil or floor");
        if (x is Undefined undefined) throw undefined.Fault(s);
        if (!Numbers.TryDouble(x, out double number)) throw s.Error($"round needs a number, not {TypeNames.Of(x)}");
        if (method != "common")
        {
            double power = Math.Pow(10, digits);
            return Box.Of((method == "ceil" ? Math.Ceiling(number * power) : Math.Floor(number * power)) / power);
        }

        if (x is double) return Box.Of(Rounding.Round(number, digits));
        return digits >= 0 ? Arithmetic.Plus(s, x) : Box.Of((long)Rounding.Round(number, digits));
    }

    private static object Sum(RenderState s, object x, Arguments a)
    {
        object?[] bound = a.Bind(s, "sum", 0, "attribute", "start");
        AttributePath path = AttributePath.Parse(s, bound[0]);
        object total = bound[1] ?? Box.Of(0L);
        if (total is string) throw s.Error("sum() can't sum strings");
        foreach (object item in Iteration.Items(s, x))
        {
            s.Charge(1);
            total = Arithmetic.Add(s, total, path.Of(s, item));
        }

        return total;
    }
}
