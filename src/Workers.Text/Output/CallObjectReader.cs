using System.Text;

namespace LocalAI.Pipeline.Workers.Text.Output;

/// <summary>
/// Reads one call written as a JSON object: "name", and "arguments" or "parameters" as an object or as a string of JSON, in any order.
/// </summary>
/// <param name="call">Where the call goes.</param>
/// <param name="onlyCallKeys">Nothing but the keys tells the call from an ordinary JSON answer, so a foreign key ends the waiting at once.</param>
internal sealed class CallObjectReader(CallWriter call, bool onlyCallKeys)
{
    private readonly JsonScanner _json = new();
    private readonly StringBuilder _captured = new();
    private JsonStringReader _string = new();
    private string? _key;
    private Part _part;
    private bool _hasArguments;

    private enum Part
    {
        Structure,
        Key,
        Name,
        RawArguments,
        StringArguments,
        Skipped,
    }

    public bool IsCommitted => call.IsCommitted;

    public CallStep Push(char character)
    {
        var before = _json.Place;
        if (!_json.Push(character)) return CallStep.Broken;
        var goesOn = _part switch
        {
            Part.Key => PushKey(character),
            Part.Name => PushName(character),
            Part.RawArguments => PushRawArguments(character),
            Part.StringArguments => PushStringArguments(character),
            Part.Skipped => PushSkipped(),
            _ => PushStructure(character, before),
        };
        if (!goesOn) return CallStep.Broken;
        if (_json.Place != JsonPlace.Done) return CallStep.More;
        if (!call.HasName) return CallStep.Broken;
        call.End();
        return CallStep.Done;
    }

    private bool PushStructure(char character, JsonPlace before)
    {
        if (before is JsonPlace.FirstKey or JsonPlace.Key && _json.InString)
            Capture(Part.Key);
        else if (before == JsonPlace.Value && _key is not null && !JsonScanner.IsSpace(character))
            return BeginValue(character);
        return true;
    }

    private bool PushKey(char character)
    {
        if (_json.InString)
        {
            _captured.Append(_string.Push(character));
            return _captured.Length <= OutputLimits.ToolName;
        }
        _key = _captured.ToString();
        _part = Part.Structure;
        return !onlyCallKeys || call.IsCommitted || _key is "name" or "arguments" or "parameters" or "type" or "id";
    }

    private bool BeginValue(char character)
    {
        if (_key == "name" && !call.HasName)
        {
            Capture(Part.Name);
            return character == '"';
        }
        if (_key is not ("arguments" or "parameters") || _hasArguments || character == 'n')
        {
            _part = Part.Skipped;
            return true;
        }
        return BeginArguments(character);
    }

    private bool BeginArguments(char character)
    {
        if (character is not ('{' or '"')) return false;
        _hasArguments = true;
        call.BeginArguments();
        if (character == '"')
        {
            Capture(Part.StringArguments);
            return true;
        }
        _part = Part.RawArguments;
        call.AddRaw(character, inString: false);
        return true;
    }

    private bool PushName(char character)
    {
        if (_json.InString)
        {
            _captured.Append(_string.Push(character));
            return _captured.Length <= OutputLimits.ToolName;
        }
        _part = Part.Structure;
        return call.TryName(_captured.ToString());
    }

    private bool PushRawArguments(char character)
    {
        call.AddRaw(character, _json.InString);
        if (_json.Depth == 1) _part = Part.Structure;
        return true;
    }

    private bool PushStringArguments(char character)
    {
        if (_json.InString) call.AddText(_string.Push(character));
        else _part = Part.Structure;
        return true;
    }

    // A literal ends only with the character after it, which may already close the object.
    private bool PushSkipped()
    {
        if (_json.Depth <= 1 && _json.Place is JsonPlace.AfterValue or JsonPlace.Key or JsonPlace.Done) _part = Part.Structure;
        return true;
    }

    private void Capture(Part part)
    {
        _part = part;
        _captured.Clear();
        _string = new JsonStringReader();
    }
}
