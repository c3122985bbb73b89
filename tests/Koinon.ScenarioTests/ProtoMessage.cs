using System.Text;

namespace Koinon.ScenarioTests;

/// <summary>A message of Protocol Buffers, taken apart into its fields without knowing its schema.</summary>
internal sealed class ProtoMessage
{
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    /// <summary>Takes a message apart.</summary>
    public static ProtoMessage Of(ReadOnlyMemory<byte> message)
    {
        ProtoMessage parts = new();
        int at = 0;
        while (at < message.Length)
        {
            ulong tag = ReadVarint(message.Span, ref at);
            (ulong number, int length) = ((int)tag & 7) switch
            {
                Varint => (ReadVarint(message.Span, ref at), 0),
                Fixed64 => (0ul, 8),
                Bytes => (0ul, (int)ReadVarint(message.Span, ref at)),
                Fixed32 => (0ul, 4),
                int kind => throw new InvalidDataException($"wire type {kind}"),
            };
            parts._fields.Add(((int)(tag >> 3), number, message.Slice(at, length)));
            at += length;
        }

        return parts;
    }

    /// <summary>All values of a field that is a message.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Messages(int field) =>
        _fields.Where(one => one.Field == field).Select(static one => one.Bytes);

    /// <summary>A field that is a text; empty where it is left out.</summary>
    public string Text(int field) => Messages(field).Select(static one => Encoding.UTF8.GetString(one.Span))
        .FirstOrDefault("");

    /// <summary>A field that is a number; 0 where it is left out.</summary>
    public ulong Number(int field) => _fields.Where(one => one.Field == field).Select(static one => one.Number)
        .FirstOrDefault();

    private static ulong ReadVarint(ReadOnlySpan<byte> message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }
}
