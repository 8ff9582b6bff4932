#!/usr/bin/perl
# Takes the two streams of a probe apart, and dies of anything that resources/probe/README.md does not allow.
#
#     demultiplex.pl STDOUT STDERR FOLDER
#
# writes FOLDER/out/PATH, FOLDER/err/PATH and FOLDER/status (a line "PATH STATUS" each, in order).
use strict;
use warnings;

sub slurp {
    my ($name) = @_;
    open my $in, '<:raw', $name or die "$name: $!\n";
    local $/;
    return scalar <$in> // '';
}

sub spill {
    my ($name, $bytes) = @_;
    my $folder = '';
    $folder .= "$1/", mkdir $folder while $name =~ m{\G([^/]*)/}gc;
    open my $out, '>:raw', $name or die "$name: $!\n";
    print {$out} $bytes or die "$name: $!\n";
    close $out or die "$name: $!\n";
}

# [PATH, STATUS, MILLISECONDS, bytes] of each document; and what stood between them.
sub documents {
    my ($stream, $text, $nonce) = @_;
    my (@found, $between);
    while ($text =~ /\G(.*?)^$nonce begin ([^\n]*)\n/gcms) {
        my ($noise, $path) = ($1, $2);
        $between .= $noise;
        die "$stream: the path '$path' is not one\n"
            if $path !~ m{^(?:[A-Za-z0-9_%-][A-Za-z0-9._%-]*/)*[A-Za-z0-9_%-][A-Za-z0-9._%-]*\z} || $path =~ /%(?![0-9A-F]{2})/;
        $text =~ /\G(.*?)\n$nonce end \Q$path\E (\d+) (\d+)\n/gcs or die "$stream: $path does not end\n";
        my ($bytes, $status, $milliseconds) = ($1, $2, $3);
        die "$stream: a marker inside $path\n" if $bytes =~ /$nonce/;
        die "$stream: $path took $milliseconds ms\n" if $milliseconds > 60000;
        push @found, [$path, $status, $milliseconds, $bytes];
    }
    return (\@found, ($between // '') . substr $text, pos $text // 0);
}

my ($stdout, $stderr, $folder) = @ARGV;
my $text = slurp($stdout);
$text =~ s/\A.*?^troposcope-probe 1 ([0-9a-f]{32})\n//ms or die "stdout: no greeting\n";
my $nonce = $1;
$text =~ s/^$nonce done\n\z//m or die "stdout: not done\n";
my ($out, $noise) = documents('stdout', $text, $nonce);
die "stdout: between the documents: $noise\n" if $noise ne '';
my ($err, $complaint) = documents('stderr', slurp($stderr), $nonce);
die "stderr: between the documents: $complaint\n" if $complaint ne '';
die "other documents on stdout than on stderr\n"
    if join("\n", map { "@$_[0 .. 2]" } @$out) ne join("\n", map { "@$_[0 .. 2]" } @$err);

my (%seen, $statuses);
mkdir $folder;
for my $i (0 .. $#$out) {
    my ($path, $status, undef, $bytes) = @{ $out->[$i] };
    die "$path twice\n" if $seen{$path}++;
    $statuses .= "$path $status\n";
    spill("$folder/out/$path", $bytes);
    spill("$folder/err/$path", $err->[$i][3]);
}
spill("$folder/status", $statuses // '');
