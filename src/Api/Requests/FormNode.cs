using System.Globalization;
using System.Text.Json;

namespace LocalAI.Pipeline.Api.Requests;

/// <summary>A value of a form while its fields come in: nothing yet, a text or JSON, an object, or a list.</summary>
internal sealed class FormNode
{
    private Dictionary<string, FormNode>? _fields;
    private List<FormNode>? _items;
    private string? _value;
    private bool _isJson;

    /// <summary>False where the place is taken, or is of another kind than the step.</summary>
    public bool TrySet(IReadOnlyList<string> path, string value, bool isJson)
    {
        var node = this;
        foreach (var step in path)
        {
            if (node.Next(step) is not { } next)
            {
                return false;
            }

            node = next;
        }

        return node.TrySet(value, isJson);
    }

    public void Write(Utf8JsonWriter json)
    {
        if (_items is not null)
        {
            json.WriteStartArray();
            _items.ForEach(item => item.Write(json));
            json.WriteEndArray();
        }
        else if (_value is null)
        {
            json.WriteStartObject();
            foreach (var (name, field) in _fields ?? [])
            {
                json.WritePropertyName(name);
                field.Write(json);
            }

            json.WriteEndObject();
        }
        else if (_isJson)
        {
            json.WriteRawValue(_value, skipInputValidation: true);
        }
        else
        {
            json.WriteStringValue(_value);
        }
    }

    /// <summary>A field that comes again is a list.</summary>
    private bool TrySet(string value, bool isJson)
    {
        if (_fields is not null)
        {
            return false;
        }

        if (_value is null && _items is null)
        {
            (_value, _isJson) = (value, isJson);
            return true;
        }

        if (_value is not null)
        {
            _items = [new FormNode { _value = _value, _isJson = _isJson }];
            _value = null;
        }

        _items!.Add(new FormNode { _value = value, _isJson = isJson });
        return true;
    }

    private FormNode? Next(string step)
    {
        if (_value is not null)
        {
            return null;
        }

        if (FormPath.IsName(step))
        {
            if (_items is not null)
            {
                return null;
            }

            _fields ??= new Dictionary<string, FormNode>(StringComparer.Ordinal);
            return _fields.TryGetValue(step, out var field) ? field : _fields[step] = new FormNode();
        }

        return _fields is null ? Item(step) : null;
    }

    private FormNode? Item(string step)
    {
        _items ??= [];
        var index = step.Length == 0 ? _items.Count
            : int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place
            : int.MaxValue;
        if (index == _items.Count)
        {
            _items.Add(new FormNode());
        }

        return index < _items.Count ? _items[index] : null;
    }
}
