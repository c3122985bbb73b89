using Koinon.Keys;
using Koinon.Primitives;

namespace Koinon.Cli.Commands;

/// <summary>Writes a key for the verbs of accounts, and says where.</summary>
internal static class KeyFiles
{
    /// <summary>Encrypts a key and writes it.</summary>
    public static int Save(
        string verb, string folder, in Address address, ReadOnlySpan<byte> secret, string password, bool isLight)
    {
        KeyStoreCost cost = isLight ? KeyStoreCost.Light : KeyStoreCost.Standard;
        return Save(verb, folder, address, KeyStore.Encrypt(secret, password, cost));
    }

    /// <summary>Writes a key that is encrypted.</summary>
    public static int Save(string verb, string folder, in Address address, string json)
    {
        try
        {
            string file = new KeyFolder(folder, TimeProvider.System).Save(address, json);
            Console.WriteLine($"{address.ToChecksumString()} {file}");
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Verb.Fail(verb, failure.Message);
        }
    }
}
