using LocalAI.Pipeline.JsonSchemas.Automata;

namespace LocalAI.Pipeline.JsonSchemas.Numbers;

/// <summary>Numbers that are not negative, written without exponent, on one side of a bound. They are compared digit by digit.</summary>
internal sealed class MagnitudePatterns(bool integers, int wholeDigits)
{
    // What a double keeps.
    public const int FractionDigits = 16;

    private static readonly Pattern Digit = Pattern.Range('0', '9');

    public Pattern Any => Pattern.Sequence(Pattern.Choice(Pattern.Text("0"), Whole(1, wholeDigits)), AnyFraction);

    private Pattern AnyFraction => integers ? Pattern.Empty : Pattern.Optional(Pattern.Sequence(Pattern.Text("."), Pattern.Repeat(Digit, 1, FractionDigits)));

    public Pattern AtMost(DecimalDigits bound, bool isBelow)
    {
        var fewer = bound.Whole.Length > 1 ? Pattern.Choice(Pattern.Text("0"), Whole(1, bound.Whole.Length - 1)) : Pattern.Nothing;
        var lower = Pattern.Choice(fewer, Differing(bound.Whole, (i, digit) => Pattern.Range(i == 0 && bound.Whole.Length > 1 ? '1' : '0', Before(digit)), Rest));
        return Pattern.Choice(Pattern.Sequence(lower, AnyFraction), Pattern.Sequence(Pattern.Text(bound.Whole), FractionAtMost(bound.Fraction, isBelow)));
    }

    public Pattern AtLeast(DecimalDigits bound, bool isAbove)
    {
        var more = bound.Whole.Length < wholeDigits ? Whole(bound.Whole.Length + 1, wholeDigits) : Pattern.Nothing;
        var higher = Pattern.Choice(more, Differing(bound.Whole, (_, digit) => Pattern.Range(After(digit), '9'), Rest));
        return Pattern.Choice(Pattern.Sequence(higher, AnyFraction), Pattern.Sequence(Pattern.Text(bound.Whole), FractionAtLeast(bound.Fraction, isAbove)));
    }

    private static Pattern Rest(int left) => Pattern.Repeat(Digit, left, left);

    private static Pattern FractionRest(int left) => Pattern.Repeat(Digit, 0, Math.Max(left, 0));

    private static char Before(char digit) => (char)(digit - 1);

    private static char After(char digit) => (char)(digit + 1);

    private static Pattern Whole(int least, int most) =>
        Pattern.Sequence(Pattern.Range('1', '9'), Pattern.Repeat(Digit, least - 1, most - 1));

    // The texts that share the first digits, differ in the next one as told, and go on.
    private static Pattern Differing(string digits, Func<int, char, Pattern> differing, Func<int, Pattern> rest) =>
        Pattern.Choice([.. digits.Select((digit, i) => Pattern.Sequence(Pattern.Text(digits[..i]), differing(i, digit), rest(digits.Length - i - 1)))]);

    private static Pattern AfterPoint(Pattern digits) => Pattern.Sequence(Pattern.Text("."), digits);

    private static Pattern DifferingFraction(string digits, Func<int, char, Pattern> differing) =>
        Differing(digits, differing, left => FractionRest(FractionDigits - digits.Length + left));

    private Pattern FractionAtMost(string bound, bool isBelow)
    {
        if (integers)
            return isBelow && bound.Length == 0 ? Pattern.Nothing : Pattern.Empty;
        if (bound.Length == 0)
            return isBelow ? Pattern.Nothing : Pattern.Optional(AfterPoint(Pattern.Repeat(Pattern.Text("0"), 1, FractionDigits)));
        var shorter = Enumerable.Range(1, bound.Length - 1).Select(length => Pattern.Text(bound[..length]));
        var same = isBelow ? Pattern.Nothing : Pattern.Sequence(Pattern.Text(bound), Pattern.Repeat(Pattern.Text("0"), 0, Math.Max(FractionDigits - bound.Length, 0)));
        var lower = DifferingFraction(bound, (_, digit) => Pattern.Range('0', Before(digit)));
        return Pattern.Optional(AfterPoint(Pattern.Choice([lower, same, .. shorter])));
    }

    private Pattern FractionAtLeast(string bound, bool isAbove)
    {
        if (integers)
            return isAbove || bound.Length > 0 ? Pattern.Nothing : Pattern.Empty;
        if (bound.Length == 0 && !isAbove)
            return AnyFraction;
        var left = Math.Max(FractionDigits - bound.Length, 1);
        var longer = Pattern.Sequence(Pattern.Text(bound), isAbove
            ? Pattern.Sequence(Pattern.Repeat(Pattern.Text("0"), 0, left - 1), Pattern.Range('1', '9'), FractionRest(left - 1))
            : FractionRest(left));
        return AfterPoint(Pattern.Choice(longer, DifferingFraction(bound, (_, digit) => Pattern.Range(After(digit), '9'))));
    }
}
