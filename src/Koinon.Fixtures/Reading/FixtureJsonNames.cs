using System.Runtime.InteropServices;
using System.Text.Json;
using Koinon.Primitives;

namespace Koinon.Fixtures.Reading;

/// <summary>Property names that are values: addresses of accounts, keys of slots.</summary>
public static class FixtureJsonNames
{
    extension(JsonProperty property)
    {
        /// <summary>The property's name as an address.</summary>
        public Address NameAsAddress() => FixtureJson.ParseAddress(JsonMarshal.GetRawUtf8PropertyName(property));

        /// <summary>The property's name as a word.</summary>
        public UInt256 NameAsWord() =>
            FixtureJson.TryParseWord(JsonMarshal.GetRawUtf8PropertyName(property), out UInt256 word)
                ? word
                : throw new FixtureFormatException($"'{property.Name}' is no number of at most 256 bits");
    }
}
