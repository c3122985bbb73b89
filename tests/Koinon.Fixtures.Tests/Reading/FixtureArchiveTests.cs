using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;

namespace Koinon.Fixtures.Tests.Reading;

public sealed class FixtureArchiveTests
{
    private const string Rlp = """
        { "dog": { "in": "dog", "out": "0x83646f67" }, "bad": { "in": "INVALID", "out": "0x8100" } }
        """;

    [Theory]
    [InlineData("set.tar")]
    [InlineData("set.tar.gz")]
    [InlineData("set.tgz")]
    public async Task RunAsync_Archive_RunsItsFiles(string name)
    {
        using FixtureFolder folder = new();
        Pack(Path.Combine(folder.FullName, name));

        (RunSummary summary, Recorder heard) = await folder.RunAsync();

        Assert.Equal((2, 0, 1), (summary.Passed, summary.Failed, summary.NotTests));
        Assert.All(
            heard.Cases,
            result => Assert.EndsWith($"{name}!deep/rlp.json", result.File, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_ArchiveThatEndsEarly_IsNamed()
    {
        using FixtureFolder folder = new();
        string path = Path.Combine(folder.FullName, "set.tar");
        Pack(path);
        using (FileStream file = File.OpenWrite(path))
        {
            file.SetLength(700);
        }

        (RunSummary summary, Recorder heard) = await folder.RunAsync();

        Assert.Equal(2, summary.ExitCode);
        Assert.Contains("set.tar", Assert.Single(heard.Refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_XzArchive_RunsThroughTheProgramOrSaysThatItIsMissing()
    {
        using FixtureFolder folder = new();
        string tar = Path.Combine(folder.FullName, "set.tar");
        Pack(tar);
        bool hasXz = TryCompress(tar);
        if (!hasXz) File.Move(tar, tar + ".xz");

        (RunSummary summary, Recorder heard) = await folder.RunAsync();

        if (hasXz)
        {
            Assert.Equal((2, 0), (summary.Passed, summary.ExitCode));
        }
        else
        {
            Assert.Contains("xz is not installed", Assert.Single(heard.Refused), StringComparison.Ordinal);
        }
    }

    private static void Pack(string path)
    {
        using FileStream file = File.Create(path);
        using Stream stream = path.EndsWith(".tar", StringComparison.Ordinal)
            ? file
            : new GZipStream(file, CompressionLevel.Fastest);
        using TarWriter writer = new(stream);
        Add(writer, "deep/rlp.json", Rlp);
        Add(writer, "README.md", "no test");
    }

    private static void Add(TarWriter writer, string name, string text) => writer.WriteEntry(
        new PaxTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)),
        });

    private static bool TryCompress(string path)
    {
        try
        {
            using Process process = Process.Start("xz", [path]);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
